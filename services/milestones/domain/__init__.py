"""The rules of milestones, of their steps and of what is stated of them, without input or output."""
