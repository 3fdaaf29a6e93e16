"""People and process: alerting, escalation, the incident, the playbook walk, the automatic responder."""
