/** Our configuration file, where one is created. */
export const newConfigurationName = 'remote-relationships.config.json';

/** Its names: the first that is there counts. */
export const configurationNames: readonly string[] = [
  newConfigurationName,
  'remote-relationships.config.yaml',
  'remote-relationships.config.yml',
];
