import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { pagePaths } from '../../infra/page-files.ts';
import { pageHeaders } from '../../infra/page-headers.ts';
import { synthesise, type Template } from './synth.ts';
import { arrayOf, readable, resourcePolicy, resourcesOf } from './template.ts';

/** Policies over the pages: who may read the files, how browsers are answered, what the page is told of its stage. */
const domain = {
  pageDomain: 'cards.bank.example',
  pageCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1a2b',
};
const prod = synthesise({ stage: 'prod', ...domain }).templates;
const sandbox = synthesise({ stage: 'sandbox' }).templates;
const ownSignIn = synthesise({
  stage: 'prod',
  ...domain,
  customerIssuer: 'https://id.bank.example/customers',
  customerAudience: 'api',
  customerPageClient: 'page',
  agentIssuer: 'https://id.bank.example/staff',
  agentAudience: 'desk',
  pageConnect: 'https://tokens.bank.example',
}).templates;

function pagesOf({ pages }: { pages?: Template }): Template {
  if (pages === undefined) throw new Error('no stack of pages');
  return pages;
}

const distributionOf = (templates: { pages?: Template }) =>
  resourcesOf(pagesOf(templates), 'AWS::CloudFront::Distribution')[0]?.[1].Properties.DistributionConfig;

describe('files', () => {
  const buckets = resourcesOf(pagesOf(prod), 'AWS::S3::Bucket');

  test('there are the files and their access logs', () => {
    expect(buckets.map(([id]) => id).toSorted()).toEqual(['PageFiles', 'PageLogs']);
  });

  test.each(buckets)('%s is private, encrypted and refuses plain HTTP', (id, { Properties: bucket }) => {
    expect(bucket.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
    const statements = resourcePolicy(pagesOf(prod), 'AWS::S3::BucketPolicy', 'Bucket', id);
    const denied = statements.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition);
    expect(denied).toContainEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  });

  test('nobody but the distribution reads files, and it reads nothing else', () => {
    const statements = resourcePolicy(pagesOf(prod), 'AWS::S3::BucketPolicy', 'Bucket', 'PageFiles');
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([
      { Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } },
    ]);
    const source = readable(Object.values(allowed[0]?.Condition ?? {})[0]?.['AWS:SourceArn']);
    expect(source).toBe('arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<Pages>');
    expect(JSON.stringify(resourcesOf(pagesOf(prod), 'AWS::CloudFront::OriginAccessControl'))).toContain(
      '"SigningBehavior":"always"',
    );
  });

  test('access logs are forgotten after 30 days', () => {
    const { LifecycleConfiguration: lifecycle } = pagesOf(prod).Resources.PageLogs?.Properties ?? {};
    expect(lifecycle.Rules).toMatchObject([{ ExpirationInDays: 30, Status: 'Enabled' }]);
  });
});

describe('distribution', () => {
  test('HTTPS only, not older than TLS 1.2, compressed, logged without cookies', () => {
    const distribution = distributionOf(prod);
    expect(distribution).toMatchObject({
      Aliases: ['cards.bank.example'],
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      Logging: { IncludeCookies: false },
      DefaultCacheBehavior: {
        ViewerProtocolPolicy: 'redirect-to-https',
        AllowedMethods: ['GET', 'HEAD'],
        Compress: true,
      },
    });
    expect(distribution.CacheBehaviors).toBeUndefined();
    expect(readable(distribution.Logging.Bucket)).toContain('PageLogs');
  });

  test('price class and web ACL are the stage’s to choose', () => {
    const pageWebAclArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/pages/1a2b';
    const chosen = synthesise({ stage: 'prod', ...domain, pagePriceClass: '100', pageWebAclArn }).templates;
    expect(distributionOf(chosen)).toMatchObject({ PriceClass: 'PriceClass_100', WebACLId: pageWebAclArn });
    expect(distributionOf(prod)).toMatchObject({ PriceClass: 'PriceClass_All' });
    expect(distributionOf(prod).WebACLId).toBeUndefined();
  });

  test('what a person types leads to the page, everything else to itself', () => {
    const { FunctionCode: code } = pagesOf(prod).Resources.PagePaths?.Properties ?? {};
    const sent = (uri: string): string =>
      runInNewContext(`${code}; handler({ request: { uri: ${JSON.stringify(uri)} } }).uri`);
    for (const [typed, file] of Object.entries(pagePaths)) expect(sent(typed)).toBe(file);
    for (const uri of ['/assets/index-1a2b3c.js', '/config.json', '/constructor', '/toString'])
      expect(sent(uri)).toBe(uri);
  });
});

describe('headers', () => {
  /** The policy as the headers a browser gets, by the words of CloudFront's documentation. */
  function sentBy(templates: { pages?: Template }): Record<string, string> {
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } =
      resourcesOf(pagesOf(templates), 'AWS::CloudFront::ResponseHeadersPolicy')[0]?.[1].Properties
        .ResponseHeadersPolicyConfig ?? {};
    const { StrictTransportSecurity: https } = security;
    expect([security.ContentTypeOptions.Override, https.Preload ?? false]).toEqual([true, false]);
    return {
      'content-security-policy': readable(security.ContentSecurityPolicy.ContentSecurityPolicy),
      'strict-transport-security': `max-age=${https.AccessControlMaxAgeSec}${https.IncludeSubdomains ? '; includeSubDomains' : ''}`,
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': security.FrameOptions.FrameOption,
      ...Object.fromEntries(
        custom.Items.map(({ Header, Value }: { Header: string; Value: string }) => [Header, Value]),
      ),
    };
  }

  test('are those of the local stack, and let the page call this stage’s API and sign-ins alone', () => {
    const own = (side: string) =>
      `https://cardguard-prod-${side}-<AWS::AccountId>.auth.<AWS::Region>.amazoncognito.com`;
    const connect = [
      '<SharedApiUrlParameter>',
      'https://<SharedEvidenceDomainParameter>',
      'https://cognito-idp.<AWS::Region>.<AWS::URLSuffix>',
      own('customers'),
      own('agents'),
    ];
    expect(sentBy(prod)).toEqual(pageHeaders({ connect }));
  });

  test('name the bank’s own sign-in where it has one', () => {
    const connect = [
      '<SharedApiUrlParameter>',
      'https://<SharedEvidenceDomainParameter>',
      'https://id.bank.example',
      'https://tokens.bank.example',
    ];
    expect(sentBy(ownSignIn)).toEqual(pageHeaders({ connect }));
  });
});

describe('upload', () => {
  const uploads = (templates: { pages?: Template }) =>
    Object.fromEntries(resourcesOf(pagesOf(templates), 'Custom::CDKBucketDeployment'));

  test('files named by their contents are kept a year, pages and config are asked for again', () => {
    const { PageAssetsCustomResource512MiB: assets, PageHtmlCustomResource512MiB: html } = uploads(prod);
    expect(assets?.Properties).toMatchObject({
      DestinationBucketKeyPrefix: 'assets',
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
      Prune: false,
    });
    expect(html?.Properties).toMatchObject({ SystemMetadata: { 'cache-control': 'no-cache' }, Prune: false });
    expect(html?.Properties.DestinationBucketKeyPrefix).toBeUndefined();
  });

  test('the pages come after the files they name', () => {
    expect(arrayOf(uploads(prod).PageHtmlCustomResource512MiB?.DependsOn)).toContain(
      'PageAssetsCustomResource512MiB',
    );
  });

  /** Values of the config that are known at deployment only. */
  const told = z.array(z.record(z.string(), z.unknown()));
  test('the page is told the API and the sign-ins of its stage', () => {
    const values = told
      .parse(uploads(prod).PageHtmlCustomResource512MiB?.Properties.SourceMarkers)
      .flatMap((markers) => Object.values(markers).map(readable));
    expect(values.toSorted()).toEqual(
      [
        '<SharedApiUrlParameter>',
        '<SharedCustomersIssuerParameter>',
        '<SharedCustomersClientIdParameter>',
        '<SharedAgentsIssuerParameter>',
        '<SharedAgentsClientIdParameter>',
      ].toSorted(),
    );
  });
});

describe('where the page stands', () => {
  const corsOf = ({ service }: { service: Template }) =>
    resourcesOf(service, 'AWS::ApiGatewayV2::Api')[0]?.[1].Properties.CorsConfiguration;
  const returnsTo = ({ stateful }: { stateful: Template }, id: string) =>
    stateful.Resources[id]?.Properties.CallbackURLs;

  test('the API lets exactly this origin call it, and sign-ins return to it', () => {
    expect(corsOf(prod)).toMatchObject({ AllowOrigins: ['https://cards.bank.example'] });
    expect(corsOf(prod).AllowCredentials ?? false).toBe(false);
    expect(returnsTo(prod, 'CustomerPoolClient')).toEqual(['https://cards.bank.example/']);
    expect(returnsTo(prod, 'AgentPoolClient')).toEqual(['https://cards.bank.example/desk']);
  });

  test('without a domain nobody may call from a page until its origin is named', () => {
    expect(corsOf(sandbox)).toBeUndefined();
    const origin = 'https://d111111abcdef8.cloudfront.net';
    const named = synthesise({ stage: 'sandbox', webOrigins: origin }).templates;
    expect(corsOf(named)).toMatchObject({ AllowOrigins: [origin] });
    expect(returnsTo(named, 'AgentPoolClient')).toEqual([`${origin}/desk`]);
  });

  test('a domain without its certificate is refused with what to do', () => {
    expect(() => synthesise({ stage: 'prod', pageDomain: 'cards.bank.example' })).toThrow(
      'Give both -c pageDomain=… and -c pageCertificateArn=…',
    );
    expect(() => synthesise({ ...domain, pageCertificateArn: 'arn:aws:acm:eu-west-1:1:x' })).toThrow(
      /-c pageCertificateArn: an ARN of us-east-1/,
    );
  });
});
