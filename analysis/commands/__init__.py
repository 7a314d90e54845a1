"""Commands: what is done for each command of the command line, with its progress and its last sentence."""
