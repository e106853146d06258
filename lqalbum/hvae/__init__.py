"""The hierarchical variational auto-encoder: the network, its weights, its training step."""

from lqalbum.hvae.config import PRESETS, NetworkConfig
from lqalbum.hvae.gaussian import Gaussian
from lqalbum.hvae.network import HVAE, Descent, LayerPass
from lqalbum.hvae.weights import ModelFile, load_model, model_id, save_model

__all__ = [
    "HVAE",
    "PRESETS",
    "Descent",
    "Gaussian",
    "LayerPass",
    "ModelFile",
    "NetworkConfig",
    "load_model",
    "model_id",
    "save_model",
]
