// The files of a package that is deployed.

/** A component's file. */
export const metadataFile = (root, content) => `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${root}>`;

/** The package.xml of full names by type. */
export const packageXml = (types) => metadataFile('Package', Object.entries(types).map(([name, members]) => (
  `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`)).join('') + '<version>68.0</version>');
