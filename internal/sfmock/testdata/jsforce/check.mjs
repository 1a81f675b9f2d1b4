// Uses an org through jsforce, Salesforce's client for JavaScript, as any program would:
//   node check.mjs INSTANCE_URL ACCESS_TOKEN
// It ends with an error as soon as the org answers otherwise than Salesforce does.
import assert from 'node:assert/strict';
import { Connection } from '@jsforce/jsforce-node';
import { metadataFile, packageXml } from './package.mjs';
import { setupSteps } from './setup.mjs';
import { unzip, zip } from './zip.mjs';

const [instanceUrl, accessToken] = process.argv.slice(2);
const connection = new Connection({ instanceUrl, accessToken, version: '68.0', maxRequest: 4 });

const steps = {
  async 'limits and versions'() {
    const limits = await connection.limits();
    assert.ok(limits.DailyApiRequests.Max > limits.DailyApiRequests.Remaining);
    assert.ok(connection.limitInfo.apiUsage.used > 0, 'Sforce-Limit-Info');
    const versions = await connection.request('/services/data');
    assert.ok(versions.some(({ version }) => version === '68.0'));
  },

  async 'who am I'() {
    const me = await connection.identity();
    const user = await connection.sobject('User').retrieve(me.user_id);
    assert.equal(user.Username, me.username);
  },

  async 'create, retrieve, update, upsert and delete a record'() {
    const accounts = connection.sobject('Account');
    const created = await accounts.create({ Name: 'Umbrella' });
    assert.ok(created.success);
    assert.equal(created.id.length, 18);
    const retrieved = await accounts.retrieve(created.id);
    assert.equal(retrieved.Name, 'Umbrella');
    assert.equal(retrieved.attributes.type, 'Account');
    assert.ok((await accounts.update({ Id: created.id, Name: 'Umbrella & Sons' })).success);
    const found = await accounts.find({ Name: { $like: 'Umbrella %' } }, ['Id', 'Name']);
    assert.deepEqual(found.map(({ Name }) => Name), ['Umbrella & Sons']);
    assert.ok((await accounts.destroy(created.id)).success);
    await assert.rejects(accounts.retrieve(created.id), { errorCode: 'NOT_FOUND' });
    await assert.rejects(accounts.create({ Nam: 'x' }), { errorCode: 'INVALID_FIELD' });
    const [first] = await connection.query('SELECT Id, Username FROM User LIMIT 1').then(({ records }) => records);
    const upserted = await connection.sobject('User').upsert({ Username: first.Username, Title: 'Robot' }, 'Username');
    assert.equal(upserted.id, first.Id);
    assert.equal(upserted.created, false);
  },

  async 'collections keep order and report each record'() {
    const accounts = connection.sobject('Account');
    const rows = Array.from({ length: 450 }, (_, i) => ({ Name: `Bulk ${i}` }));
    const created = await accounts.create(rows, { allowRecursive: true });
    assert.equal(created.length, 450);
    assert.ok(created.every(({ success }) => success));
    const updates = created.slice(0, 3).map(({ id }, i) => ({ Id: id, Name: i === 1 ? null : `Renamed ${i}` }));
    const updated = await accounts.update(updates, { allOrNone: false });
    assert.deepEqual(updated.map(({ success }) => success), [true, false, true]);
    assert.equal(updated[1].errors[0].errorCode ?? updated[1].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');
    const read = await accounts.retrieve(created.slice(0, 2).map(({ id }) => id));
    assert.deepEqual(read.map(({ Name }) => Name), ['Renamed 0', 'Bulk 1']);
    const deleted = await accounts.destroy(created.map(({ id }) => id), { allowRecursive: true });
    assert.ok(deleted.every(({ success }) => success));
  },

  async 'queries page through more rows than one answer holds'() {
    const names = Array.from({ length: 2100 }, (_, i) => `Page ${String(i).padStart(4, '0')}`);
    await connection.sobject('Account').create(names.map((Name) => ({ Name })), { allowRecursive: true });
    const statement = "SELECT Id, Name FROM Account WHERE Name LIKE 'Page %'";
    const first = await connection.query(statement);
    assert.equal(first.records.length, 2000);
    assert.equal(first.totalSize, 2100);
    assert.equal(first.done, false);
    const rest = await connection.queryMore(first.nextRecordsUrl);
    assert.equal(rest.records.length, 100);
    assert.equal(rest.done, true);
    assert.deepEqual([...first.records, ...rest.records].map(({ Name }) => Name).sort(), names);
    const all = await connection.query(`${statement} ORDER BY Name`, { autoFetch: true, maxFetch: 5000 });
    assert.deepEqual(all.records.map(({ Name }) => Name), names);
    const count = await connection.query("SELECT COUNT() FROM Account WHERE Name LIKE 'Page %'");
    assert.equal(count.totalSize, 2100);
    await assert.rejects(connection.query('SELECT Naem FROM Account'), { errorCode: 'INVALID_FIELD' });
  },

  async 'describes'() {
    const global = await connection.describeGlobal();
    assert.ok(global.sobjects.some(({ name, keyPrefix }) => name === 'User' && keyPrefix === '005'));
    const user = await connection.describe('User');
    const username = user.fields.find(({ name }) => name === 'Username');
    assert.equal(username.idLookup, true);
    assert.equal(username.length, 80);
    assert.equal(user.createable, true);
    assert.equal(user.deletable, false);
    assert.ok(user.childRelationships.some(({ childSObject }) => childSObject === 'PermissionSetAssignment'));
  },

  async 'tooling'() {
    const { totalSize, records } = await connection.tooling.query("SELECT FullName, Metadata FROM Profile WHERE Name = 'System Administrator'");
    assert.equal(totalSize, 1);
    assert.equal(records[0].FullName, 'Admin');
    assert.equal(records[0].Metadata.userLicense, 'Salesforce');
  },

  async 'metadata: a permission set'() {
    const fullName = 'Jsforce_Check';
    const [upserted] = [await connection.metadata.upsert('PermissionSet', {
      fullName,
      label: 'Jsforce Check',
      description: 'a < b & c',
      userPermissions: [{ name: 'ViewSetup', enabled: true }],
    })].flat();
    assert.equal(upserted.success, true, JSON.stringify(upserted));
    assert.equal(upserted.created, true);
    const read = await connection.metadata.read('PermissionSet', fullName);
    assert.equal(read.fullName, fullName);
    assert.equal(read.description, 'a < b & c');
    assert.ok([read.userPermissions].flat().some(({ name, enabled }) => name === 'ViewSetup' && String(enabled) === 'true'));
    const { records } = await connection.query(`SELECT Id, Label, PermissionsViewSetup FROM PermissionSet WHERE Name = '${fullName}'`);
    assert.deepEqual(records.map(({ Label, PermissionsViewSetup }) => [Label, PermissionsViewSetup]), [['Jsforce Check', true]]);
    const [deleted] = [await connection.metadata.delete('PermissionSet', fullName)].flat();
    assert.equal(deleted.success, true, JSON.stringify(deleted));
    const gone = [await connection.metadata.read('PermissionSet', fullName)].flat();
    assert.ok(gone.every((set) => !set?.fullName));
  },

  async 'metadata: a deployment over SOAP and over REST, and a retrieval'() {
    connection.metadata.pollInterval = 10;
    const archive = zip({
      'package.xml': packageXml({ PermissionSet: ['Jsforce_Deploy'], CustomPermission: ['Jsforce_Skip'] }),
      'permissionsets/Jsforce_Deploy.permissionset': metadataFile('PermissionSet', '<customPermissions><enabled>true</enabled><name>Jsforce_Skip</name></customPermissions><label>Deployed</label>'),
      'customPermissions/Jsforce_Skip.customPermission': metadataFile('CustomPermission', '<isLicensed>false</isLicensed><label>Skip</label>'),
    });
    const options = { singlePackage: true, rollbackOnError: true };
    const deployed = await connection.metadata.deploy(archive, options).complete(true);
    assert.equal(deployed.status, 'Succeeded', JSON.stringify(deployed.details));
    assert.equal(deployed.success, true);
    assert.deepEqual(deployed.details.componentSuccesses.map(({ fullName, created }) => [fullName, created]).sort(), [['Jsforce_Deploy', true], ['Jsforce_Skip', true], ['package.xml', false]]);

    const broken = zip({ 'package.xml': packageXml({ PermissionSet: ['Missing'] }) });
    const { id } = await connection.metadata.deployRest(broken, options);
    let result;
    do {
      result = await connection.metadata.checkDeployStatus(id, true, true);
    } while (!result.done);
    assert.equal(result.status, 'Failed');
    assert.equal(result.details.componentFailures[0].problem, "An object 'Missing' of type PermissionSet was named in package.xml, but was not found in zipped directory");
    await assert.rejects(connection.metadata.cancelDeploy(id), /Deployment already completed/);

    const retrieval = connection.metadata.retrieve({ apiVersion: '68.0', unpackaged: { types: [{ members: ['*'], name: 'PermissionSet' }], version: '68.0' } });
    const retrieved = await retrieval.complete();
    assert.equal(retrieved.success, true);
    const files = unzip(Buffer.from(retrieved.zipFile, 'base64'));
    assert.match(files['unpackaged/permissionsets/Jsforce_Deploy.permissionset'], /<label>Deployed<\/label>/);
    assert.match(files['unpackaged/package.xml'], /<members>Jsforce_Deploy<\/members>/);
    const types = await connection.metadata.describe();
    assert.equal(types.metadataObjects.find(({ xmlName }) => xmlName === 'PermissionSet').directoryName, 'permissionsets');
  },
};

for (const [name, step] of Object.entries({ ...steps, ...setupSteps(connection) })) {
  try {
    await step();
  } catch (error) {
    console.error(`${name}: ${error.stack ?? error}`);
    process.exit(1);
  }
  console.log(`ok ${name}`);
}
