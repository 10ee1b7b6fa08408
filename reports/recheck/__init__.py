"""What a skeptic needs beside a report: the coded answers, and a script in base R that finds its numbers again."""
