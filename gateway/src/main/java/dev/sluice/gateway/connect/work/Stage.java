package dev.sluice.gateway.connect.work;

/** Where on its way a record failed; names as in Kafka Connect's dead letters. */
enum Stage {
  TASK_POLL,
  VALUE_CONVERTER,
  TRANSFORMATION,
  KAFKA_PRODUCE,
  TASK_PUT
}
