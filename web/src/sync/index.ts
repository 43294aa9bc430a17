export * from './clockOffset';
export * from './constants';
export * from './corrector';
export * from './echoFilter';
export * from './follower';
export * from './pingPacer';
export * from './playbackClock';
export * from './player';
