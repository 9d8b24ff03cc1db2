"""The web surface: what every request and answer must satisfy, whatever page it belongs to."""
