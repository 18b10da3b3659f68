package dev.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.Credential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramPasswordsTest {

  private static final byte[] SALT = "a grain of salt".getBytes(StandardCharsets.UTF_8);

  @Test
  void theExampleOfRfc7677ComesOut() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    Credential credential = credential("pencil", ScramMechanism.SCRAM_SHA_256, salt);
    assertThat(credential.storedKey()).isEqualTo("WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=");
    assertThat(credential.serverKey()).isEqualTo("wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "pässwörd", "密码", "a=b,c", " "})
  void passwordsAreSaltedAsKafkasClientsDo(String password) throws Exception {
    for (ScramMechanism mechanism : ScramPasswords.MECHANISMS) {
      ScramFormatter kafka = new ScramFormatter(ScramPasswords.internal(mechanism));
      assertThat(ScramPasswords.salt(password, mechanism, SALT, 4096))
          .isEqualTo(kafka.saltedPassword(password, SALT, 4096))
          .hasSize(ScramPasswords.saltedBytes(mechanism));
    }
  }

  @Test
  void onlyTheRightPasswordMatches() {
    for (ScramMechanism mechanism : ScramPasswords.MECHANISMS) {
      Credential credential = credential("right", mechanism, SALT);
      assertThat(ScramPasswords.matches("right", credential)).isTrue();
      assertThat(ScramPasswords.matches("wrong", credential)).isFalse();
      assertThat(ScramPasswords.matches("", credential)).isFalse();
    }
  }

  private static Credential credential(String password, ScramMechanism mechanism, byte[] salt) {
    byte[] salted = ScramPasswords.salt(password, mechanism, salt, 4096);
    return ScramPasswords.credential(mechanism, new SaltedPassword(salt, salted, 4096));
  }
}
