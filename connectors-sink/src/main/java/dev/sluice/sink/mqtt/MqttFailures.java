package dev.sluice.sink.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Tells who can mend a failure, by the reason code that the broker gives, if it gives one. */
final class MqttFailures {

  private MqttFailures() {}

  /** A failure to connect. */
  static ConnectorException connecting(MqttSinkConfig.Broker broker, Throwable failure) {
    Throwable root = root(failure);
    return switch (root) {
      case Mqtt5ConnAckException refused ->
          switch (refused.getMqttMessage().getReasonCode()) {
            case BAD_USER_NAME_OR_PASSWORD,
                NOT_AUTHORIZED,
                BAD_AUTHENTICATION_METHOD,
                BANNED,
                CLIENT_IDENTIFIER_NOT_VALID,
                UNSUPPORTED_PROTOCOL_VERSION ->
                refused(broker, refused.getMqttMessage().getReasonCode().toString());
            default -> unavailable(broker, root);
          };
      case Mqtt3ConnAckException refused ->
          switch (refused.getMqttMessage().getReturnCode()) {
            case BAD_USER_NAME_OR_PASSWORD,
                NOT_AUTHORIZED,
                IDENTIFIER_REJECTED,
                UNSUPPORTED_PROTOCOL_VERSION ->
                refused(broker, refused.getMqttMessage().getReturnCode().toString());
            default -> unavailable(broker, root);
          };
      default -> unavailable(broker, root);
    };
  }

  /** A failure to publish. */
  static ConnectorException publishing(MqttSinkConfig.Broker broker, Throwable failure) {
    Throwable root = root(failure);
    return switch (root) {
      case Mqtt5PubAckException refused ->
          switch (refused.getMqttMessage().getReasonCode()) {
            case PAYLOAD_FORMAT_INVALID, TOPIC_NAME_INVALID ->
                ConnectorException.data(
                    "mqtt-message-refused",
                    "The broker refuses the message: " + refused.getMqttMessage().getReasonCode(),
                    refused);
            case NOT_AUTHORIZED -> refused(broker, "NOT_AUTHORIZED");
            default -> unavailable(broker, root);
          };
      case Mqtt5PubRecException refused ->
          switch (refused.getMqttMessage().getReasonCode()) {
            case PAYLOAD_FORMAT_INVALID, TOPIC_NAME_INVALID ->
                ConnectorException.data(
                    "mqtt-message-refused",
                    "The broker refuses the message: " + refused.getMqttMessage().getReasonCode(),
                    refused);
            case NOT_AUTHORIZED -> refused(broker, "NOT_AUTHORIZED");
            default -> unavailable(broker, root);
          };
      default -> unavailable(broker, root);
    };
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure.getCause();
    return (failure instanceof ExecutionException || failure instanceof CompletionException)
            && cause != null
        ? root(cause)
        : failure;
  }

  private static ConnectorException refused(MqttSinkConfig.Broker broker, String reason) {
    return new ConnectorException(
        ErrorCategory.CONFIGURATION,
        "mqtt-refused",
        "Broker " + broker + " refuses us: " + reason,
        "Check 'user', 'password', 'client-id' and 'version', and the broker's permissions.",
        null);
  }

  private static ConnectorException unavailable(MqttSinkConfig.Broker broker, Throwable root) {
    return ConnectorException.external(
        "mqtt-unavailable",
        "Broker " + broker + " fails: " + root,
        "Check that the broker runs, and that 'url' and 'timeout' fit.",
        root);
  }
}
