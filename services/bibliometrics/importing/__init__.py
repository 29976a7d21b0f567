"""Reading the files that Scopus, SciVal, HAL and OpenAlex give."""
