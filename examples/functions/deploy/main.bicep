// The tracker: an account of Cosmos DB without keys, and a function app whose identity may do what the tracker does.
//
//   az deployment group create --resource-group GROUP --template-file main.bicep --parameters name=NAME
//
// It was not run against a subscription.

@description('A name for everything, of 3 to 18 small letters and digits. It has to be unique in the world.')
@minLength(3)
@maxLength(18)
param name string

param location string = resourceGroup().location

// --- Cosmos DB ------------------------------------------------------------------------------------

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: name
  location: location
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: [{ name: 'EnableServerless' }]
    locations: [{ locationName: location, failoverPriority: 0 }]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    // Identities only.
    disableLocalAuth: true
  }
}

resource database 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases@2024-11-15' = {
  parent: account
  name: 'tracker'
  properties: { resource: { id: 'tracker' } }
}

// As `tracker.create_if_missing()` would create it. An identity cannot create containers.
resource items 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = {
  parent: database
  name: 'items'
  properties: {
    resource: {
      id: 'items'
      partitionKey: { paths: ['/pk'], kind: 'Hash', version: 2 }
      indexingPolicy: {
        indexingMode: 'consistent'
        automatic: true
        includedPaths: [{ path: '/pk/?' }, { path: '/sk/?' }]
        excludedPaths: [{ path: '/*' }]
      }
    }
  }
}

// Where the trigger notes how far it has come.
resource leases 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers@2024-11-15' = {
  parent: database
  name: 'leases'
  properties: { resource: { id: 'leases', partitionKey: { paths: ['/id'], kind: 'Hash', version: 2 } } }
}

// --- Permissions ----------------------------------------------------------------------------------

resource ofItems 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'items')
  properties: {
    roleName: 'tracker: items'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        // What the tracker sends: tests/tracker.rs compares this list with the requests.
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/create'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/read'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/replace'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/upsert'
        ]
      }
      {
        // What each client asks first, and what the trigger reads.
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/readChangeFeed'
        ]
      }
    ]
  }
}

resource ofLeases 'Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions@2024-11-15' = {
  parent: account
  name: guid(account.id, 'leases')
  properties: {
    roleName: 'tracker: leases'
    type: 'CustomRole'
    assignableScopes: [account.id]
    permissions: [
      {
        dataActions: [
          'Microsoft.DocumentDB/databaseAccounts/readMetadata'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/executeQuery'
          'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/*'
        ]
      }
    ]
  }
}

resource mayItems 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(ofItems.id, app.id)
  properties: {
    principalId: app.identity.principalId
    roleDefinitionId: ofItems.id
    scope: '${account.id}/dbs/${database.name}/colls/${items.name}'
  }
}

resource mayLeases 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = {
  parent: account
  name: guid(ofLeases.id, app.id)
  properties: {
    principalId: app.identity.principalId
    roleDefinitionId: ofLeases.id
    scope: '${account.id}/dbs/${database.name}/colls/${leases.name}'
  }
}

// --- The function app, on the plan Flex Consumption -----------------------------------------------

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: '${name}files'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: { allowSharedKeyAccess: false, allowBlobPublicAccess: false, minimumTlsVersion: 'TLS1_2' }

  resource blobs 'blobServices' = {
    name: 'default'
    resource packages 'containers' = { name: 'packages' }
  }
}

// `Storage Blob Data Owner`: the host keeps its package and its locks there.
resource mayFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storage
  name: guid(storage.id, app.id)
  properties: {
    principalId: app.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
    )
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      appSettings: [
        { name: 'AzureWebJobsStorage__accountName', value: storage.name }
        // The trigger, by the identity of the app.
        { name: 'Cosmos__accountEndpoint', value: account.properties.documentEndpoint }
        // The tracker: `Cosmos::from_env` takes the identity of the app, because there is no key.
        { name: 'MONOTABLE_COSMOS_ENDPOINT', value: account.properties.documentEndpoint }
        { name: 'MONOTABLE_COSMOS_DATABASE', value: database.name }
        { name: 'MONOTABLE_COSMOS_CONTAINER', value: items.name }
        { name: 'MONOTABLE_COSMOS_REGION', value: location }
      ]
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}packages'
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'custom', version: '1.0' }
      scaleAndConcurrency: { instanceMemoryMB: 512, maximumInstanceCount: 40 }
    }
  }
}

output url string = 'https://${app.properties.defaultHostName}/api/repos/'
