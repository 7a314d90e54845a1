"""Acts: who does what to whom, decided once. Lexicons: ``acts.csv``, ``valence.csv``, lists of ``words.csv``."""
