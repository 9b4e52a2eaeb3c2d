"""Who may see an alert beyond their own unit's, why and until when."""
