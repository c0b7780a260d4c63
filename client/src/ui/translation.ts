import { l10n } from 'vscode';
import { setTranslation } from '../../../common/src/localized.ts';

/**
 * Imported before all else by both bundles, so that texts are in the language of VS Code from the first one on: VS Code has
 * read `l10n/bundle.l10n.<language>.json`, or what a language pack has for the extension, before it loads the extension.
 */
setTranslation(l10n.bundle);
