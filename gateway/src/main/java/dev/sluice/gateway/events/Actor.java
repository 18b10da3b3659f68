package dev.sluice.gateway.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Who caused something.
 *
 * @param kind in which way
 * @param name who it was, as far as that is known: a remote address, or a user and one; null for
 *     the gateway and its files
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Actor(Kind kind, @Nullable String name) {

  /** The gateway by itself: nobody asked. */
  public static final Actor GATEWAY = new Actor(Kind.GATEWAY, null);

  /** Whoever changed the files of the configuration. */
  public static final Actor CONFIGURATION = new Actor(Kind.CONFIGURATION, null);

  /** In which way something was caused. */
  public enum Kind {
    @JsonProperty("gateway")
    GATEWAY,
    @JsonProperty("configuration")
    CONFIGURATION,
    @JsonProperty("http")
    HTTP,
    @JsonProperty("kafka")
    KAFKA
  }

  /** A caller of the HTTP API. */
  public static Actor http(String remoteAddress) {
    return new Actor(Kind.HTTP, remoteAddress);
  }

  /**
   * A Kafka client.
   *
   * @param client its user and remote address, such as {@code User:anna@10.0.0.7}
   */
  public static Actor kafka(String client) {
    return new Actor(Kind.KAFKA, client);
  }
}
