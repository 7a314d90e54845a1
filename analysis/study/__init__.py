"""Study: from one article to many."""
