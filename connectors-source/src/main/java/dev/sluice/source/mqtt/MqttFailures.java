package dev.sluice.source.mqtt;

import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import dev.sluice.connector.ConnectorException;
import dev.sluice.connector.ErrorCategory;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what the broker or the network did, and what to do about it. */
record MqttFailures(MqttConfig config) {

  private static final Set<Mqtt5ConnAckReasonCode> REFUSED_5 =
      Set.of(
          Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD,
          Mqtt5ConnAckReasonCode.NOT_AUTHORIZED,
          Mqtt5ConnAckReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
  private static final Set<Mqtt3ConnAckReturnCode> REFUSED_3 =
      Set.of(
          Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD,
          Mqtt3ConnAckReturnCode.NOT_AUTHORIZED,
          Mqtt3ConnAckReturnCode.IDENTIFIER_REJECTED);

  /** Translates what the client library reported. */
  ConnectorException of(@Nullable Throwable error) {
    return switch (error) {
      case Mqtt5ConnAckException e ->
          refused(
              REFUSED_5.contains(e.getMqttMessage().getReasonCode()),
              e.getMqttMessage().getReasonCode().toString(),
              e);
      case Mqtt3ConnAckException e ->
          refused(
              REFUSED_3.contains(e.getMqttMessage().getReturnCode()),
              e.getMqttMessage().getReturnCode().toString(),
              e);
      case Mqtt5SubAckException e ->
          notSubscribed(e.getMqttMessage().getReasonCodes().toString(), e);
      case Mqtt3SubAckException e ->
          notSubscribed(e.getMqttMessage().getReturnCodes().toString(), e);
      case Mqtt5DisconnectException e ->
          external(
              "broker-disconnected",
              "The broker "
                  + config.address()
                  + " ended the connection: "
                  + e.getMqttMessage().getReasonCode()
                  + ".",
              "SESSION_TAKEN_OVER means that another client uses the client id '"
                  + config.clientId()
                  + "'; give each its own.",
              e);
      case null, default ->
          external(
              "broker-unreachable",
              "The broker " + config.address() + " can't be reached: " + reason(error) + ".",
              "Check that it runs, and scheme, host and port in the option 'url'.",
              error);
    };
  }

  private ConnectorException refused(boolean forGood, String reason, Throwable error) {
    return new ConnectorException(
        forGood ? ErrorCategory.CONFIGURATION : ErrorCategory.EXTERNAL,
        "broker-refuses",
        "The broker " + config.address() + " refuses the connection: " + reason + ".",
        "Check the options 'user', 'password' and 'client-id'.",
        error);
  }

  private ConnectorException notSubscribed(String reasons, Throwable error) {
    return external(
        "subscription-refused",
        "The broker "
            + config.address()
            + " refuses a subscription of "
            + config.filters()
            + ": "
            + reasons
            + ".",
        "Allow the user to subscribe to these topics.",
        error);
  }

  private static ConnectorException external(
      String code, String message, String suggestion, @Nullable Throwable cause) {
    return ConnectorException.external(code, message, suggestion, cause);
  }

  private static String reason(@Nullable Throwable error) {
    Throwable root = error;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    String text = root == null ? null : root.getMessage();
    if (text == null) {
      return root == null ? "no answer" : root.getClass().getSimpleName();
    }
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
