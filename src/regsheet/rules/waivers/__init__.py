"""Rules on waivers: those that waive nothing, that have expired, that lack a reason or a name."""
