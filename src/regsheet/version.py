"""The version of regsheet."""

VERSION = "0.1.0"
