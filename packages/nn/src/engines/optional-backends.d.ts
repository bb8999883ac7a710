declare module '@tensorflow/tfjs-node-gpu'
declare module '@tensorflow/tfjs-node'
