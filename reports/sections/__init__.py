"""Sections: what each needs, what it says, and when it is absent."""
