package dev.sluice.gateway.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.reactive.messaging.MessageConverter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Gives a bean the payload as the type it asks for: text, or anything that Jackson reads. */
@ApplicationScoped
public class PayloadConverter implements MessageConverter {

  private final ObjectMapper json;

  @Inject
  PayloadConverter(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public boolean canConvert(Message<?> in, Type target) {
    return in.getPayload() instanceof byte[]
        && target != byte[].class
        && target != Object.class
        && in.getMetadata(TopicRecordMetadata.class).isPresent();
  }

  @Override
  public Message<?> convert(Message<?> in, Type target) {
    byte[] bytes = (byte[]) in.getPayload();
    if (target == String.class) {
      return in.withPayload(new String(bytes, StandardCharsets.UTF_8));
    }
    try {
      Object payload = json.readValue(bytes, json.constructType(target));
      return in.withPayload(payload);
    } catch (IOException notReadable) {
      throw new UncheckedIOException(
          "A record of "
              + in.getMetadata(TopicRecordMetadata.class).orElseThrow().record().topicPartition()
              + " is not JSON for "
              + target.getTypeName(),
          notReadable);
    }
  }
}
