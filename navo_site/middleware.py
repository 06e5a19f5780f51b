"""Response headers for which Django has no setting."""

# A page of text needs none of these; an empty list denies the feature to this site and to anything it embeds.
DENIED_FEATURES = ["camera", "display-capture", "geolocation", "microphone", "payment", "usb"]
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in DENIED_FEATURES)


def permissions_policy(get_response):
    """Add the Permissions-Policy header (https://www.w3.org/TR/permissions-policy/) to every response."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
