"""How a text is understood: components of Rasa's pipeline over `language`, and what is learned.

Order and names stand in config.yml. `readers` read by reviewed tables, `classifier` judges what was
learned from nlu_data, `understanding` joins both. Everything else here is pure.
"""
