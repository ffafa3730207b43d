"""Which paper is printed when: forms 01-07."""
