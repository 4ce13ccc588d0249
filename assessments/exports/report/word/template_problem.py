class TemplateProblem(Exception):
    """Why a council's Word template can't be used, in a sentence for the person who gave it."""
