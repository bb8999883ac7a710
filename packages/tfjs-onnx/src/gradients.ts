// Registers tfjs's gradients, all of them: its Node entry registers none, and plain Node cannot import the modules that do.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
