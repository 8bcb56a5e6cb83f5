import { Aws, Duration } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { namesFor } from '../names.ts';
import { pagePaths } from '../page-files.ts';
import { httpsOnlySeconds, pageHeaders } from '../page-headers.ts';
import { acknowledge } from './acknowledge.ts';
import type { PageBuckets } from './page-buckets.ts';

export interface PageDistributionProps {
  readonly config: StageConfig;
  readonly buckets: PageBuckets;
  /** Origins the page may call. */
  readonly connect: readonly string[];
}

const priceClasses = {
  '100': cloudfront.PriceClass.PRICE_CLASS_100,
  '200': cloudfront.PriceClass.PRICE_CLASS_200,
  all: cloudfront.PriceClass.PRICE_CLASS_ALL,
} as const;

/** Serves the page: HTTPS only, from a bucket nobody else reads, with the headers of the local stack. */
export function createPageDistribution(
  scope: Construct,
  props: PageDistributionProps,
): cloudfront.Distribution {
  const { config, buckets } = props;
  const { pageDomain, pageCertificateArn } = config;
  const distribution = new cloudfront.Distribution(scope, 'Pages', {
    comment: `cardguard ${config.stage}: pages of customers and of the desk`,
    ...(pageDomain !== undefined &&
      pageCertificateArn !== undefined && {
        domainNames: [pageDomain],
        certificate: acm.Certificate.fromCertificateArn(scope, 'PageCertificate', pageCertificateArn),
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    priceClass: priceClasses[config.pagePriceClass],
    webAclId: config.pageWebAclArn,
    logBucket: buckets.accessLogs,
    logFilePrefix: 'distribution/',
    logIncludesCookies: false,
    defaultBehavior: {
      origin: S3BucketOrigin.withOriginAccessControl(buckets.files),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: createHeaders(scope, props),
      functionAssociations: [
        {
          function: createRewrite(scope, config),
          eventType: cloudfront.FunctionEventType.VIEWER_REQUEST,
        },
      ],
    },
  });
  acknowledgeFindings(distribution, config);
  return distribution;
}

/** Names at the edge belong to the account, not to a Region. */
const edgeName = (stage: string): string => `${namesFor(stage).prefix}-pages-${Aws.REGION}`;

/** CloudFront takes the headers it knows by fields of their own and refuses them among the others. */
function createHeaders(
  scope: Construct,
  { config, connect }: PageDistributionProps,
): cloudfront.ResponseHeadersPolicy {
  const {
    'content-security-policy': contentSecurityPolicy,
    'strict-transport-security': _https,
    'referrer-policy': _referrer,
    'x-content-type-options': _sniffing,
    'x-frame-options': _frames,
    ...others
  } = pageHeaders({ connect });
  const override = true;
  return new cloudfront.ResponseHeadersPolicy(scope, 'PageHeaders', {
    responseHeadersPolicyName: edgeName(config.stage),
    comment: `cardguard ${config.stage}: infra/page-headers.ts`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.seconds(httpsOnlySeconds),
        includeSubdomains: true,
        override,
      },
      referrerPolicy: { referrerPolicy: cloudfront.HeadersReferrerPolicy.NO_REFERRER, override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: cloudfront.HeadersFrameOption.DENY, override },
    },
    customHeadersBehavior: {
      customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override })),
    },
  });
}

function createRewrite(scope: Construct, config: StageConfig): cloudfront.Function {
  return new cloudfront.Function(scope, 'PagePaths', {
    functionName: edgeName(config.stage),
    comment: 'The file behind what a person types',
    runtime: cloudfront.FunctionRuntime.JS_2_0,
    code: cloudfront.FunctionCode.fromInline(rewriteCode()),
  });
}

function rewriteCode(): string {
  return [
    `const paths = ${JSON.stringify(pagePaths)};`,
    'function handler(event) {',
    '  const request = event.request;',
    '  const file = paths[request.uri];',
    `  if (typeof file === 'string') request.uri = file;`,
    '  return request;',
    '}',
  ].join('\n');
}

function acknowledgeFindings(distribution: cloudfront.Distribution, config: StageConfig): void {
  acknowledge(distribution, {
    'AwsSolutions-CFR1':
      'A customer who is robbed abroad must reach the page from where she is: no country is kept out.',
    ...(config.pageWebAclArn === undefined && {
      'AwsSolutions-CFR2':
        'What is served here are public files without parameters; the API limits each customer itself. A bank that wants a web ACL names it (pageWebAclArn).',
    }),
    ...(config.pageDomain === undefined && {
      'AwsSolutions-CFR4':
        'Without a domain of its own a distribution has the certificate of CloudFront, whose oldest protocol cannot be chosen; a stage with customers names its domain (pageDomain).',
    }),
  });
}
