package dev.paygateway.chaos.lab;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key made once and imported into the Vault of each region, so that each opens what the other
 * closed. It is in this process's memory only, and is forgotten.
 */
final class TransitKey {
    private static final int KEY_BYTES = 32;

    private final byte[] key = random();

    /**
     * Under that name, with nothing else under it; the key travels wrapped for that Vault alone.
     */
    void importInto(VaultClient vault, String name) {
        var wrapping = vault.read("transit/wrapping_key").path("data").path("public_key");
        vault.write(
                "transit/keys/" + name + "/import",
                Map.of(
                        "type",
                        "aes256-gcm96",
                        "hash_function",
                        "SHA256",
                        "ciphertext",
                        wrapped(wrapping.asString())));
    }

    /** A key for once, closed with Vault's public key, and behind it ours, closed with that one. */
    private String wrapped(String publicKey) {
        try {
            var once = random();
            var outer = Cipher.getInstance("RSA/ECB/OAEPPadding");
            var oaep =
                    new OAEPParameterSpec(
                            "SHA-256",
                            "MGF1",
                            MGF1ParameterSpec.SHA256,
                            PSource.PSpecified.DEFAULT);
            outer.init(Cipher.ENCRYPT_MODE, rsa(publicKey), oaep);
            var inner = Cipher.getInstance("AES/KWP/NoPadding");
            inner.init(Cipher.WRAP_MODE, new SecretKeySpec(once, "AES"));
            var both = new ByteArrayOutputStream();
            both.writeBytes(outer.doFinal(once));
            both.writeBytes(inner.wrap(new SecretKeySpec(key, "AES")));
            Arrays.fill(once, (byte) 0);
            return Base64.getEncoder().encodeToString(both.toByteArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static java.security.PublicKey rsa(String pem) throws GeneralSecurityException {
        var body = pem.replaceAll("-----[A-Z ]+-----", "");
        var der = Base64.getMimeDecoder().decode(body);
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
    }

    private static byte[] random() {
        var bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
