import { type FailedResult, wantsCertificate } from '../../../common/src/metadataApi/httpResult.ts';

/** What may mend it when an endpoint could not be asked. */
export type Mending = 'tryAgain' | 'enterAdminSecret' | 'chooseEndpoint' | keyof typeof mendingSettings;

/** Those that are settings, as they are searched for. */
export const mendingSettings = {
  proxySettings: '@id:http.proxy',
  certificateSettings: '@id:http.systemCertificates',
  timeoutSetting: '@id:remoteRelationships.requestTimeout',
} as const;

export function mendingOf(failure: FailedResult): readonly Mending[] {
  switch (failure.outcome) {
    case 'unauthorized':
      return ['enterAdminSecret'];
    case 'redirect':
    case 'not-sent':
    case 'unexpected-answer':
      return ['chooseEndpoint'];
    case 'unreachable':
      if (failure.reason === 'proxy') return ['proxySettings', 'tryAgain'];
      if (wantsCertificate(failure)) return ['certificateSettings', 'chooseEndpoint'];
      return ['tryAgain', 'chooseEndpoint'];
    case 'timeout':
      return ['tryAgain', 'timeoutSetting'];
    case 'refused':
    case 'too-large':
      return [];
    default:
      return ['tryAgain'];
  }
}
