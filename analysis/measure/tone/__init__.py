"""In what tone: by VADER, by its words near an actor, by the model."""
