import { actionRelationship } from './actionRelationship.ts';
import { cliScalarRule } from './cliScalar.ts';
import { cliSyntax } from './cliSyntax.ts';
import { columnTypeMismatch } from './columnTypeMismatch.ts';
import { definitionForm } from './definitionForm.ts';
import { deprecatedRemoteField } from './deprecatedRemoteField.ts';
import { droppedComputedField } from './droppedComputedField.ts';
import { duplicateDeclaration } from './duplicateDeclaration.ts';
import { duplicateKey } from './duplicateKey.ts';
import { duplicateLhsField } from './duplicateLhsField.ts';
import { duplicateRelationship } from './duplicateRelationship.ts';
import { duplicateRemoteSchema } from './duplicateRemoteSchema.ts';
import { emptyFieldMapping } from './emptyFieldMapping.ts';
import { emptyString } from './emptyString.ts';
import { enumTargetColumn } from './enumTargetColumn.ts';
import { flatDefinition } from './flatDefinition.ts';
import { inconsistentRemoteSchema } from './inconsistentRemoteSchema.ts';
import { inconsistentTable } from './inconsistentTable.ts';
import { inputTypeConflict } from './inputTypeConflict.ts';
import { invalidCustomName } from './invalidCustomName.ts';
import { invalidTypeName } from './invalidTypeName.ts';
import { invalidVariable } from './invalidVariable.ts';
import { lhsFieldName } from './lhsFieldName.ts';
import { lhsName } from './lhsName.ts';
import { listForNonList } from './listForNonList.ts';
import { literalType } from './literalType.ts';
import { metadataVersion } from './metadataVersion.ts';
import { missingKey } from './missingKey.ts';
import { multipleListElements } from './multipleListElements.ts';
import { nameConflict } from './nameConflict.ts';
import { nameConflictsWithColumn } from './nameConflictsWithColumn.ts';
import { nameConflictsWithCustomName } from './nameConflictsWithCustomName.ts';
import { nonScalarTargetColumn } from './nonScalarTargetColumn.ts';
import { notAnInputObject } from './notAnInputObject.ts';
import { notAnObjectType } from './notAnObjectType.ts';
import { nullableArgument } from './nullableArgument.ts';
import { nullValue } from './nullValue.ts';
import { objectForList } from './objectForList.ts';
import { overriddenDuplicate } from './overriddenDuplicate.ts';
import { relationshipNameRule } from './relationshipName.ts';
import { relationshipType } from './relationshipType.ts';
import { remoteFieldShape } from './remoteFieldShape.ts';
import { remoteSchemaCustomization } from './remoteSchemaCustomization.ts';
import { remoteSchemaDefinition } from './remoteSchemaDefinition.ts';
import { remoteSchemaPermission } from './remoteSchemaPermission.ts';
import { requestEnvelope } from './requestEnvelope.ts';
import { requestForm } from './requestForm.ts';
import type { Rule } from './rule.ts';
import { selectionBelowNonObject } from './selectionBelowNonObject.ts';
import { shadowedField } from './shadowedField.ts';
import { unusedSuppression } from './suppressions.ts';
import { tableGraphqlName } from './tableGraphqlName.ts';
import { tableNameForm } from './tableNameForm.ts';
import { typeForTypeName } from './typeForTypeName.ts';
import { unknownArgument } from './unknownArgument.ts';
import { unknownCommand } from './unknownCommand.ts';
import { unknownKey } from './unknownKey.ts';
import { unknownLhsField } from './unknownLhsField.ts';
import { unknownRelationship } from './unknownRelationship.ts';
import { unknownRemoteField } from './unknownRemoteField.ts';
import { unknownRemoteSchema } from './unknownRemoteSchema.ts';
import { unknownSource } from './unknownSource.ts';
import { unknownTable } from './unknownTable.ts';
import { unknownTableKey } from './unknownTableKey.ts';
import { unknownTargetColumn } from './unknownTargetColumn.ts';
import { unknownType } from './unknownType.ts';
import { unlistedVariable } from './unlistedVariable.ts';
import { unsuppliedRequiredArgument } from './unsuppliedRequiredArgument.ts';
import { unsupportedByServerVersion } from './unsupportedByServerVersion.ts';
import { unsupportedTarget } from './unsupportedTarget.ts';
import { untrackedTable } from './untrackedTable.ts';
import { unusedLhsField } from './unusedLhsField.ts';
import { variableType } from './variableType.ts';
import { wrongDialect } from './wrongDialect.ts';
import { wrongKind } from './wrongKind.ts';
import { yamlSyntax } from './yamlSyntax.ts';

/** Every rule, in the order they run. A rule is one file, one line here and one page `docs/rules/<code>.md`. */
export const rules: readonly Rule[] = [
  // Shape and names of a document.
  yamlSyntax,
  missingKey,
  wrongKind,
  emptyString,
  flatDefinition,
  definitionForm,
  requestForm,
  requestEnvelope,
  unknownTableKey,
  unknownKey,
  relationshipType,
  remoteFieldShape,
  invalidVariable,
  typeForTypeName,
  invalidTypeName,
  invalidCustomName,
  cliScalarRule,
  cliSyntax,
  metadataVersion,
  unknownCommand,
  duplicateKey,
  relationshipNameRule,
  duplicateRelationship,
  duplicateDeclaration,
  duplicateRemoteSchema,
  remoteSchemaDefinition,
  remoteSchemaCustomization,
  inconsistentRemoteSchema,
  remoteSchemaPermission,
  actionRelationship,
  overriddenDuplicate,
  nameConflict,
  nameConflictsWithColumn,
  nameConflictsWithCustomName,
  droppedComputedField,
  shadowedField,
  lhsName,
  inputTypeConflict,
  wrongDialect,
  untrackedTable,
  inconsistentTable,
  tableGraphqlName,
  unknownRelationship,
  unsupportedByServerVersion,
  unusedSuppression,
  // Joins: what the two sides know.
  unknownLhsField,
  lhsFieldName,
  unlistedVariable,
  unusedLhsField,
  duplicateLhsField,
  unknownRemoteSchema,
  unknownRemoteField,
  selectionBelowNonObject,
  unknownArgument,
  nullValue,
  notAnInputObject,
  objectForList,
  multipleListElements,
  listForNonList,
  literalType,
  variableType,
  nullableArgument,
  unsuppliedRequiredArgument,
  deprecatedRemoteField,
  unknownType,
  notAnObjectType,
  unknownSource,
  unsupportedTarget,
  tableNameForm,
  unknownTable,
  unknownTargetColumn,
  nonScalarTargetColumn,
  enumTargetColumn,
  emptyFieldMapping,
  columnTypeMismatch,
];
