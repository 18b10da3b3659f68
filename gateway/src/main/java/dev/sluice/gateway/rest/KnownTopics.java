package dev.sluice.gateway.rest;

import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.Topics;
import jakarta.inject.Singleton;

/** Looks topics up for requests, so that every unknown one is answered alike. Thread-safe. */
@Singleton
public final class KnownTopics {

  private final Topics topics;

  KnownTopics(Topics topics) {
    this.topics = topics;
  }

  /**
   * The topic of this name.
   *
   * @throws ApiException 404 if there is none
   */
  public TopicDescription require(String name) {
    return topics.find(name).orElseThrow(() -> unknown(name));
  }

  /**
   * How many partitions the topic has.
   *
   * @throws ApiException 404 if there is no such topic
   */
  public int requirePartitions(String name) {
    int partitions = topics.partitionCount(name);
    if (partitions == 0) {
      throw unknown(name);
    }
    return partitions;
  }

  /** How many partitions the topic has; 0 if there is no such topic. */
  public int partitions(String name) {
    return topics.partitionCount(name);
  }

  /**
   * Refuses what would change the gateway's own topics.
   *
   * @throws ApiException 403 for a name that belongs to the gateway
   */
  public void requireNotInternal(String name) {
    if (name.startsWith("_")) {
      throw new ApiException(
          403,
          "internal-topic",
          ApiException.Category.USER,
          "The topic '" + name + "' belongs to the gateway; it can be read but not changed.",
          "topic",
          "Use a name without a leading underscore.");
    }
  }

  private static ApiException unknown(String name) {
    return ApiException.unknown(
        "topic",
        "There is no topic '" + name + "'.",
        "GET /api/v1/topics lists the topics; POST /api/v1/topics creates one.");
  }
}
