import tls from 'node:tls';
import { readRegularFile } from '../../../common/src/files/regularFile.ts';
import { absolutePath } from '../project/files.ts';
import { CommandError } from './commandError.ts';

export interface CertificateOptions {
  /** Path of a file with certificates in PEM that are trusted besides. */
  readonly certificateAuthority: string | undefined;
  readonly skipVerification: boolean;
  readonly workingDirectory: string;
  note(message: string): void;
}

/**
 * Trusts what the flags of this run name; what the project's files say of certificates is not followed.
 * @throws CommandError when it can't be done
 */
export function trustCertificates(options: CertificateOptions): void {
  const { certificateAuthority, skipVerification, note } = options;
  if (certificateAuthority !== undefined) trustAuthority(certificateAuthority, options.workingDirectory);
  if (!skipVerification) return;
  note(
    'Warning: certificates are not verified (--insecure-skip-tls-verify): anyone on the way can read the admin secret.',
  );
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
}

function trustAuthority(written: string, workingDirectory: string): void {
  const file = readRegularFile(absolutePath(written, workingDirectory));
  if (!file.ok) throw new CommandError(`--certificate-authority can't be used. ${file.message}`);
  const certificates = file.text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (certificates === null)
    throw new CommandError('--certificate-authority names a file without a PEM certificate.');
  // Node 20 has neither.
  if (!('setDefaultCACertificates' in tls)) {
    throw new CommandError(
      '--certificate-authority needs Node 24. With this version, name the file in NODE_EXTRA_CA_CERTS.',
    );
  }
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...certificates]);
}
