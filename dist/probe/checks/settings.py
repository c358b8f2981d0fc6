"""Only loads the settings, for checks outside the image that compare something with them."""

ARGV = ("check", "--deploy")


def run(context):
    """Find nothing. The settings are reported with every check."""
    return ()
