import { type FailedResult, wantsCertificate } from '../../../../common/src/metadataApi/http/httpResult.ts';

/** What may mend it when an endpoint could not be asked. */
export type Remedy = 'tryAgain' | 'enterAdminSecret' | 'chooseEndpoint' | keyof typeof remedySettings;

/** Those that are settings, as they are searched for. */
export const remedySettings = {
  proxySettings: '@id:http.proxy',
  certificateSettings: '@id:http.systemCertificates',
  timeoutSetting: '@id:remoteRelationships.requestTimeout',
} as const;

export function remedyOf(failure: FailedResult): readonly Remedy[] {
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
    case 'too-deep':
      return [];
    default:
      return ['tryAgain'];
  }
}
