"""The demo: invented people and dossiers, driven through the same verbs a person would use."""
