// KafkaJS against $BOOTSTRAP; leaves with an error at the first thing that isn't as it should be.
const assert = require('node:assert/strict')
const { Kafka, CompressionTypes, ConfigResourceTypes, logLevel } = require('kafkajs')

const kafka = new Kafka({
  clientId: 'compat',
  brokers: [process.env.BOOTSTRAP],
  logLevel: logLevel.ERROR,
})

async function eventually(what, check) {
  const deadline = Date.now() + 60_000
  while (!(await check())) {
    assert.ok(Date.now() < deadline, `${what} never happened`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  console.log(`  ${what}`)
}

async function main() {
  const admin = kafka.admin()
  await admin.connect()
  assert.ok(
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        { topic: 'plain', numPartitions: 3 },
        { topic: 'source', numPartitions: 1 },
        { topic: 'target', numPartitions: 1 },
      ],
    }),
  )
  assert.deepEqual((await admin.fetchTopicMetadata({ topics: ['plain'] })).topics[0].partitions.length, 3)
  await admin.createPartitions({ topicPartitions: [{ topic: 'plain', count: 4 }] })
  assert.deepEqual((await admin.fetchTopicMetadata({ topics: ['plain'] })).topics[0].partitions.length, 4)
  await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: ConfigResourceTypes.TOPIC,
        name: 'plain',
        configEntries: [{ name: 'retention.ms', value: '3600000' }],
      },
    ],
  })
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: 'plain', configNames: ['retention.ms'] }],
  })
  assert.equal(described.resources[0].configEntries[0].configValue, '3600000')
  assert.equal((await admin.describeCluster()).brokers.length, 1)
  console.log('  admin: topics, partitions, settings, cluster')

  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const count = 1000
  for (const compression of [CompressionTypes.None, CompressionTypes.GZIP]) {
    await producer.send({
      topic: 'plain',
      compression,
      messages: Array.from({ length: count }, (_, i) => ({
        key: `k${i}`,
        value: `v${compression}-${i}`,
        headers: { from: 'kafkajs' },
      })),
    })
  }
  const got = new Map()
  const consumer = kafka.consumer({ groupId: 'plain-readers' })
  await consumer.connect()
  await consumer.subscribe({ topics: ['plain'], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      assert.equal(message.headers.from.toString(), 'kafkajs')
      got.set(message.value.toString(), (got.get(message.value.toString()) ?? 0) + 1)
    },
  })
  await eventually('group: every record came once', async () => {
    assert.ok([...got.values()].every(times => times === 1))
    return got.size === 2 * count
  })
  assert.equal((await admin.describeGroups(['plain-readers'])).groups[0].state, 'Stable')
  await consumer.disconnect()
  const offsets = await admin.fetchOffsets({ groupId: 'plain-readers', topics: ['plain'] })
  assert.equal(offsets[0].partitions.reduce((sum, p) => sum + Number(p.offset), 0), 2 * count)
  assert.ok((await admin.listGroups()).groups.some(group => group.groupId === 'plain-readers'))
  await admin.deleteGroups(['plain-readers'])
  console.log('  group: described, offsets fetched, deleted')

  await producer.send({
    topic: 'source',
    messages: Array.from({ length: 10 }, (_, i) => ({ value: `s${i}` })),
  })
  const transactional = kafka.producer({
    transactionalId: 'kafkajs-tx',
    maxInFlightRequests: 1,
    idempotent: true,
  })
  await transactional.connect()
  const aborted = await transactional.transaction()
  await aborted.send({ topic: 'target', messages: [{ value: 'never' }] })
  await aborted.abort()
  const committed = await transactional.transaction()
  await committed.send({ topic: 'target', messages: [{ value: 'seen' }] })
  await committed.sendOffsets({
    consumerGroupId: 'copiers',
    topics: [{ topic: 'source', partitions: [{ partition: 0, offset: '10' }] }],
  })
  await committed.commit()
  const values = []
  const reader = kafka.consumer({ groupId: 'target-readers', readUncommitted: false })
  await reader.connect()
  await reader.subscribe({ topics: ['target'], fromBeginning: true })
  await reader.run({ eachMessage: async ({ message }) => values.push(message.value.toString()) })
  await eventually('transactions: the committed one is seen, the aborted one is not', async () => {
    assert.ok(!values.includes('never'))
    return values.includes('seen')
  })
  const copied = await admin.fetchOffsets({ groupId: 'copiers', topics: ['source'] })
  assert.equal(copied[0].partitions[0].offset, '10')
  console.log('  transactions: offsets came with the records')
  await reader.disconnect()
  await transactional.disconnect()
  await producer.disconnect()
  await admin.deleteTopics({ topics: ['plain', 'source', 'target'] })
  assert.ok(!(await admin.listTopics()).includes('plain'))
  await admin.disconnect()
}

main().then(
  () => process.exit(0),
  failure => {
    console.error(failure)
    process.exit(1)
  },
)
