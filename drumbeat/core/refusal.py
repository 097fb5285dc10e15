"""The one base of every expected failure."""


class Refused(Exception):
    """What was asked cannot be done; the message is one clear sentence for the person who asked.

    It says what is wrong, where, and what to do. Subclasses stand beside the function that raises them.
    Pages show the sentence beside the form, the command line prints it and exits with 1; anything that is
    not Refused is a fault of ours and a 500.
    """
