package dev.sluice.broker.topic;

import java.util.UUID;
import org.apache.kafka.common.Uuid;

/** Topic ids as Kafka's classes have them: the same 128 bits. */
public final class TopicIds {

  private TopicIds() {}

  public static Uuid toKafka(UUID id) {
    return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  public static UUID fromKafka(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
