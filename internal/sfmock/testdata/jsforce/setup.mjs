// What an administrator sets up: profiles, permission set groups, apps, settings and policies, through the Metadata API.
import assert from 'node:assert/strict';
import { metadataFile, packageXml } from './package.mjs';
import { unzip, zip } from './zip.mjs';

// What a package can hold, by type: folder and suffix.
const places = {
  ConnectedApp: ['connectedApps', 'connectedApp'],
  ExternalClientApplication: ['externalClientApps', 'eca'],
  ExtlClntAppConfigurablePolicies: ['extlClntAppPolicies', 'ecaPlcy'],
  ExtlClntAppGlobalOauthSettings: ['extlClntAppGlobalOauthSets', 'ecaGlblOauth'],
  ExtlClntAppOauthConfigurablePolicies: ['extlClntAppOauthPolicies', 'ecaOauthPlcy'],
  ExtlClntAppOauthSettings: ['extlClntAppOauthSettings', 'ecaOauth'],
  MutingPermissionSet: ['mutingpermissionsets', 'mutingpermissionset'],
  PermissionSetGroup: ['permissionsetgroups', 'permissionsetgroup'],
  Profile: ['profiles', 'profile'],
  ProfilePasswordPolicy: ['profilePasswordPolicies', 'profilePasswordPolicy'],
  ProfileSessionSetting: ['profileSessionSettings', 'profileSessionSetting'],
  Settings: ['settings', 'settings'],
};

// A change of every type of settings that has to be read back, and what stays beside it.
const settings = {
  ConnectedAppSettings: { change: { enableSkipUserProvisioningWizardWelcomePage: true }, beside: {} },
  ExternalClientAppSettings: { change: { enableClientSecretInRestApiAccess: true }, beside: { enablePackageEcaOauthFromDevOrg: false } },
  IdentityProviderSettings: { change: { enableIdentityProvider: true, certificateName: 'Partner' }, beside: {} },
  MyDomainSettings: { change: { canOnlyLoginWithMyDomainUrl: true }, beside: { myDomainName: 'mock' } },
  OauthOidcSettings: { change: { isPkceRequired: true }, beside: { blockOAuthUnPwFlow: true } },
  SecuritySettings: { change: { enableAdminLoginAsAnyUser: true }, beside: { canUsersGrantLoginAccess: true } },
  UserManagementSettings: { change: { restrictedProfileCloning: true }, beside: { psaExpirationUIEnabled: true } },
  CurrencySettings: { change: { enableMultiCurrency: true }, beside: { enableCurrencyEffectiveDates: false } },
};

const text = (value) => String(value); // jsforce knows the types of some components' fields only

export function setupSteps(connection) {
  const { metadata } = connection;

  /** Writes or deletes one component, which has to succeed unless an error is expected. */
  const does = async (verb, type, content, refusal) => {
    const [result] = [await metadata[verb](type, content)].flat();
    assert.equal(result.success, refusal === undefined, `${verb} ${type}: ${JSON.stringify(result)}`);
    if (refusal !== undefined) {
      assert.match([result.errors].flat()[0].message, refusal);
    }
    return result;
  };
  const names = async (type) => [await metadata.list([{ type }])].flat().map(({ fullName }) => fullName).sort();
  const gone = async (type, fullName) => assert.equal((await metadata.read(type, fullName))?.fullName, undefined);
  const listed = (value) => [value ?? []].flat();

  return {
    async 'setup: where components lie'() {
      const { metadataObjects } = await metadata.describe();
      for (const [type, [directoryName, suffix]] of Object.entries(places)) {
        const described = metadataObjects.filter(({ xmlName }) => xmlName === type);
        assert.deepEqual(described.map((it) => [it.directoryName, it.suffix, String(it.metaFile)]), [[directoryName, suffix, 'false']], type);
      }
    },

    async 'setup: a profile'() {
      const fullName = 'Jsforce Profile';
      const [licence] = (await connection.query("SELECT Id FROM UserLicense WHERE Name = 'Salesforce'")).records;
      const profile = await connection.sobject('Profile').create({ Name: fullName, UserLicenseId: licence.Id });
      await does('update', 'Profile', {
        fullName,
        userPermissions: [{ name: 'ApiEnabled', enabled: true }, { name: 'ViewSetup', enabled: true }],
        loginHours: { mondayStart: '480', mondayEnd: '1020' },
        loginIpRanges: [{ startAddress: '192.0.2.1', endAddress: '192.0.2.9' }],
      });
      await does('upsert', 'Profile', { fullName, userPermissions: [{ name: 'ViewSetup', enabled: false }], loginIpRanges: [{ startAddress: '192.0.2.1', endAddress: '192.0.2.1' }] });
      const read = await metadata.read('Profile', fullName);
      assert.deepEqual(listed(read.userPermissions).map(({ name }) => name).filter((name) => ['ApiEnabled', 'ViewSetup'].includes(name)), ['ApiEnabled']);
      assert.deepEqual(listed(read.loginIpRanges).map(({ endAddress }) => endAddress), ['192.0.2.1']);
      assert.equal(read.loginHours.mondayStart, '480');
      assert.ok((await names('Profile')).includes('Admin'));
      await does('delete', 'Profile', 'Admin', /./);
      await does('delete', 'Profile', fullName);
      await assert.rejects(connection.sobject('Profile').retrieve(profile.id));
    },

    async 'setup: a permission set group'() {
      await does('create', 'PermissionSet', { fullName: 'Jsforce_Member', label: 'Member', userPermissions: [{ name: 'ViewSetup', enabled: true }, { name: 'ViewRoles', enabled: true }] });
      await does('upsert', 'MutingPermissionSet', { fullName: 'Jsforce_Muting', label: 'Muting', userPermissions: [{ name: 'ViewRoles', enabled: true }] });
      const group = { fullName: 'Jsforce_Group', label: 'Group', permissionSets: ['Jsforce_Member'] };
      await does('create', 'PermissionSetGroup', { ...group, permissionSets: ['Jsforce_Nobody'] }, /following permission set names are invalid: Jsforce_Nobody/);
      await does('create', 'PermissionSetGroup', group);
      await does('update', 'PermissionSetGroup', { ...group, label: 'Renamed', mutingPermissionSets: ['Jsforce_Muting'] });
      const read = await metadata.read('PermissionSetGroup', group.fullName);
      assert.deepEqual([read.label, read.status, listed(read.permissionSets), listed(read.mutingPermissionSets)], ['Renamed', 'Updated', ['Jsforce_Member'], ['Jsforce_Muting']]);
      const muting = await metadata.read('MutingPermissionSet', 'Jsforce_Muting');
      assert.deepEqual(listed(muting.userPermissions).map(({ name }) => name), ['ViewRoles']);
      const { records } = await connection.query("SELECT PermissionsViewSetup, PermissionsViewRoles FROM PermissionSet WHERE PermissionSetGroup.DeveloperName = 'Jsforce_Group'");
      assert.deepEqual(records.map((set) => [set.PermissionsViewSetup, set.PermissionsViewRoles]), [[true, false]]);
      await does('delete', 'PermissionSet', 'Jsforce_Member', /Renamed/);
      await does('delete', 'PermissionSetGroup', group.fullName);
      await does('delete', 'MutingPermissionSet', 'Jsforce_Muting');
      await does('delete', 'PermissionSet', 'Jsforce_Member');
      await gone('PermissionSetGroup', group.fullName);
    },

    async 'setup: connected apps can be changed, but not made'() {
      const app = { label: 'Sync', contactEmail: 'apps@example.com', oauthConfig: { callbackUrl: 'https://apps.example.com/callback', scopes: ['Api', 'Email'], isAdminApproved: true } };
      await does('create', 'ConnectedApp', { fullName: 'Jsforce_Legacy', ...app }, /You can't create a connected app/);
      await does('update', 'ConnectedApp', { fullName: 'Warehouse_Sync', ...app, profileName: ['System Administrator'] });
      await does('upsert', 'ConnectedApp', { fullName: 'Warehouse_Sync', ...app, label: 'Synchronised' });
      const read = await metadata.read('ConnectedApp', 'Warehouse_Sync');
      assert.deepEqual([read.label, listed(read.profileName), listed(read.oauthConfig.scopes).sort(), read.oauthConfig.consumerSecret ?? null], ['Synchronised', ['System Administrator'], ['Api', 'Basic'], null]);
      assert.deepEqual(await names('ConnectedApp'), ['Nightly_Export', 'Warehouse_Sync']);
      await does('delete', 'ConnectedApp', 'Warehouse_Sync');
      await gone('ConnectedApp', 'Warehouse_Sync');
    },

    async 'setup: an external client app'() {
      const fullName = 'Jsforce_App';
      const of = { externalClientApplication: fullName };
      await does('create', 'ExternalClientApplication', { fullName, label: 'Jsforce App', contactEmail: 'app@example.com' });
      await does('create', 'ExtlClntAppGlobalOauthSettings', { fullName: `${fullName}_global`, ...of, callbackUrl: 'https://app.example.com/callback' }, /doesn't have a valid OAuth settings configuration/);
      await does('create', 'ExtlClntAppOauthSettings', { fullName: `${fullName}_oauth`, ...of, commaSeparatedOauthScopes: 'RefreshToken,Api' });
      await does('create', 'ExtlClntAppGlobalOauthSettings', { fullName: `${fullName}_global`, ...of, callbackUrl: 'https://app.example.com/callback' });
      await does('upsert', 'ExternalClientApplication', { fullName, label: 'Jsforce Application', contactEmail: 'app@example.com' });
      await does('update', 'ExtlClntAppOauthSettings', { fullName: `${fullName}_oauth`, ...of, commaSeparatedOauthScopes: 'Web,RefreshToken,Api' });
      const oauth = await metadata.read('ExtlClntAppOauthSettings', `${fullName}_oauth`);
      assert.equal(oauth.commaSeparatedOauthScopes, 'Api, RefreshToken, Web');
      assert.match(oauth.oauthLink, /^00D.*:888/);
      const global = await metadata.read('ExtlClntAppGlobalOauthSettings', `${fullName}_global`);
      assert.match(global.consumerKey, /^3MVG9/);
      assert.deepEqual([global.consumerSecret ?? null, text(global.isPkceRequired)], [null, 'true']);
      assert.deepEqual(await names('ExtlClntAppOauthConfigurablePolicies'), [`${fullName}_oauth_defaultPolicy`]);
      assert.deepEqual(await names('ExtlClntAppConfigurablePolicies'), [`${fullName}_defaultPolicy`]);
      await does('update', 'ExtlClntAppOauthConfigurablePolicies', {
        fullName: `${fullName}_oauth_defaultPolicy`, ...of, permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedProfile: 'System Administrator', refreshTokenPolicyType: 'Zero',
      });
      const access = await metadata.read('ExtlClntAppOauthConfigurablePolicies', `${fullName}_oauth_defaultPolicy`);
      assert.deepEqual([access.commaSeparatedProfile, access.refreshTokenPolicyType, access.refreshTokenValidityPeriod ?? null], ['System Administrator', 'Zero', null]);
      await does('upsert', 'ExtlClntAppConfigurablePolicies', { fullName: `${fullName}_defaultPolicy`, ...of, isEnabled: false });
      const policy = await metadata.read('ExtlClntAppConfigurablePolicies', `${fullName}_defaultPolicy`);
      assert.deepEqual([text(policy.isEnabled), policy.startPage], ['false', 'None']);
      const { records } = await connection.query(`SELECT Id, MasterLabel FROM ExternalClientApplication WHERE DeveloperName = '${fullName}'`);
      assert.deepEqual(records.map(({ MasterLabel }) => MasterLabel), ['Jsforce Application']);
      await does('delete', 'ExternalClientApplication', fullName);
      assert.deepEqual(await names('ExtlClntAppOauthSettings'), []);
    },

    async 'setup: settings'() {
      for (const [type, { change, beside }] of Object.entries(settings)) {
        const fullName = type.slice(0, -'Settings'.length);
        assert.deepEqual(await names(type), [fullName]);
        await does('create', type, { fullName, ...change }, /./);
        await does('update', type, { fullName, ...change });
        assert.equal(text((await does('upsert', type, { fullName, ...change })).created), 'false');
        const read = await metadata.read(type, fullName);
        for (const [name, value] of Object.entries({ ...change, ...beside })) {
          assert.equal(text(read[name]), text(value), `${type}.${name}`);
        }
        await does('delete', type, fullName, /./);
      }
      await does('update', 'SecuritySettings', { fullName: 'Security', networkAccess: { ipRanges: [{ start: '192.0.2.1', end: '192.0.2.9', description: 'office' }] } });
      await does('update', 'SecuritySettings', { fullName: 'Security', sessionSettings: { sessionTimeout: 'FourHours' } });
      const security = await metadata.read('SecuritySettings', 'Security');
      assert.equal(security.sessionSettings.sessionTimeout, 'FourHours');
      assert.equal(security.passwordPolicies.complexity, 'AlphaNumeric');
      assert.deepEqual(listed(security.networkAccess.ipRanges).map(({ start }) => start), ['192.0.2.1']);
      const { records } = await connection.tooling.query('SELECT FullName, Metadata FROM SecuritySettings');
      assert.equal(records[0].Metadata.sessionSettings.sessionTimeout, 'FourHours');
    },

    async 'setup: policies of profiles'() {
      const policies = {
        ProfileSessionSetting: { profile: 'Admin', externalCommunityUserIdentityVerif: false, forceLogout: true, sessionPersistence: true, sessionTimeout: 60, sessionTimeoutWarning: true },
        ProfilePasswordPolicy: {
          profile: 'Admin', lockoutInterval: 15, maxLoginAttempts: 5, minimumPasswordLength: 12, passwordComplexity: 3, passwordExpiration: 90, passwordHistory: 3, passwordQuestion: 1,
        },
      };
      for (const [type, policy] of Object.entries(policies)) {
        await does('create', type, { fullName: 'Mine', ...policy });
        const [fullName] = await names(type);
        assert.match(fullName, /^Admin_profile/);
        await does('upsert', type, { fullName: 'Other', ...policy }, /with this profile already exists/);
        await does('update', type, { fullName, ...policy, [type === 'ProfileSessionSetting' ? 'sessionTimeout' : 'lockoutInterval']: 30 });
        const read = await metadata.read(type, fullName);
        assert.deepEqual([read.profile, text(read.sessionTimeout ?? read.lockoutInterval)], ['admin', '30']);
        await does('delete', type, fullName);
        await gone(type, fullName);
      }
    },

    async 'setup: a package of it all, deployed and retrieved'() {
      metadata.pollInterval = 10;
      const of = '<externalClientApplication>Jsforce_Packed</externalClientApplication>';
      const components = {
        ExternalClientApplication: { Jsforce_Packed: '<contactEmail>app@example.com</contactEmail><label>Packed</label>' },
        ExtlClntAppOauthSettings: { Jsforce_Packed_oauth: `<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>${of}` },
        ExtlClntAppGlobalOauthSettings: { Jsforce_Packed_global: `<callbackUrl>https://app.example.com/callback</callbackUrl>${of}` },
        ExtlClntAppOauthConfigurablePolicies: { Jsforce_Packed_access: `${of}<refreshTokenPolicyType>Infinite</refreshTokenPolicyType>` },
        ExtlClntAppConfigurablePolicies: { Jsforce_Packed_policy: `${of}<isEnabled>true</isEnabled>` },
        MutingPermissionSet: { Jsforce_Hush: '<label>Hush</label>' },
        PermissionSetGroup: { Jsforce_Crew: '<label>Crew</label><mutingPermissionSets>Jsforce_Hush</mutingPermissionSets>' },
        Profile: { Admin: '<userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions>' },
        Settings: { Security: '<enableAdminLoginAsAnyUser>false</enableAdminLoginAsAnyUser>', IdentityProvider: '<enableIdentityProvider>false</enableIdentityProvider>' },
      };
      const manifest = Object.fromEntries(Object.entries(components).map(([type, members]) => [type, Object.keys(members)]));
      const files = { 'package.xml': packageXml(manifest) };
      for (const [type, members] of Object.entries(components)) {
        for (const [fullName, content] of Object.entries(members)) {
          files[`${places[type][0]}/${fullName}.${places[type][1]}`] = metadataFile(type === 'Settings' ? `${fullName}Settings` : type, content);
        }
      }
      const deploy = async (content) => {
        const deployed = await metadata.deploy(zip(content), { singlePackage: true, rollbackOnError: true }).complete(true);
        assert.equal(deployed.status, 'Succeeded', JSON.stringify(deployed.details?.componentFailures));
        return listed(deployed.details.componentSuccesses);
      };
      const successes = await deploy(files);
      assert.ok(successes.some(({ componentType, fullName }) => componentType === 'SecuritySettings' && fullName === 'Security'));

      const types = Object.entries(manifest).map(([name, members]) => ({ name, members }));
      const retrieved = await metadata.retrieve({ apiVersion: '68.0', singlePackage: true, unpackaged: { types, version: '68.0' } }).complete();
      const back = unzip(Buffer.from(retrieved.zipFile, 'base64'));
      assert.deepEqual(Object.keys(back).sort(), Object.keys(files).sort());
      assert.match(back['extlClntAppGlobalOauthSets/Jsforce_Packed_global.ecaGlblOauth'], /<consumerKey>3MVG9/);
      const again = await deploy(back);
      assert.deepEqual(again.filter(({ changed, fullName }) => text(changed) === 'true' && fullName !== 'package.xml').map(({ fullName }) => fullName), []);
    },
  };
}
