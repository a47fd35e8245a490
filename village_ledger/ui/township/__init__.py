"""The window of a township's desk: taking in, reviewing, doubts, sums; and looking at one package as an auditor."""
