/** Rules of the specification by what the server says when they are broken. */
const texts: readonly (readonly [rule: string, text: RegExp])[] = [
  ['R1', /remote relationship definition (\((lenient|strict) format\) )?expects exactly one of/],
  ['R2', /create_remote_relationship expects exactly one of/],
  ['R3', /multiple declarations exist for the following/],
  ['R4', /unexpected keys when parsing TableMetadata/],
  ['R5', /expecting either 'object' or 'array' for rel_type/],
  [
    'R6',
    /Remote (fields|arguments) (are represented by|should be) an object|Only one field allowed|(Empty|Invalid) variable name|is an invalid key name/,
  ],
  ['R8', /Conflicting objects: conflicting definitions for field/],
  ['R9', /field definition conflicts with postgres column/],
  ['R10', /field definition conflicts with custom field name/],
  [
    'R11',
    /is not provided by the lhs entity|field with name ".*" not (found in table|supported)|returns set of ".*", is not supported|has input arguments other than|relationships from non-columns/,
  ],
  ['R7, R12, R40', /is not a valid GraphQL identifier/],
  ['R14', /remote schema with name ".*" not found/],
  ['R15', /remote field with name ".*" and type ".*" not found/],
  ['R17', /argument with name ".*" not found in remote schema/],
  ['R18', /variable ".*" is not found/],
  ['R19', /null is not allowed here/],
  ['R20', /not an input object type|is invalid for stripping/],
  ['R21', /multiple elements in list value is not supported|is not a list type/],
  ['R23', /expected type ".*" but got ".*"|Only ID, Int, uuid or String scalar types/],
  ['R26', /no (such )?type (named ".*" )?defined in remote schema/],
  ['R27', /can only be defined on object types/],
  ['R29', /source not found: "/],
  ['R30', /does not support being used as the target/],
  ['R34', /is not a scalar column/],
  ['R35', /relationships to enum fields are not supported yet/],
  ['R32', /in remote relationship ?".*": table ".*" does not exist in source: /],
  ['R37', /^table ".*" does not exist in source: /],
  ['R13, R33', /in remote relationship ?".*": ".*" does not exist$/],
  ['R38', /^".*" does not exist$|no relationship defined on remote schema|expecting a remote relationship/],
  [
    'R31',
    /in remote relationship ?".*": (expecting a string\/object|key ".*" not found|parsing .* failed|Empty list)/,
  ],
  ['R42', /^object with name ".*" not found$/],
  ['R39', /^unknown metadata command/],
  ['R44', /expected 1, 2 or 3, encountered|cannot import metadata without sources/],
  [
    '2',
    /key ".*" not found|parsing .* failed|empty string not allowed|expecting a string\/object|expected (Bool|String)|is not valid GraphQL name|Empty list/,
  ],
];

/** The rule a text is about, the text itself where no rule is known. */
export function ruleOfText(text: string): string {
  return texts.find(([, pattern]) => pattern.test(text))?.[0] ?? text;
}

const wrapper = /^Error when parsing command [\s\S]*\nInternal error message: /;

/**
 * A text without what differs from build to build (spec 11): the wrapper of a parse error, a blank that came about 2.21,
 * the order of lists, and the words of the JSON library.
 */
export function comparable(text: string): string {
  return text
    .replace(wrapper, '')
    .replace('in remote relationship"', 'in remote relationship "')
    .replace(/, the allowed fields are .*/, '')
    .replace(/parsing .* failed, expected/, 'expected');
}
