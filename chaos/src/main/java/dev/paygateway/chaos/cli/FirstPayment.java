package dev.paygateway.chaos.cli;

import dev.paygateway.chaos.lab.RunEnvironment;

/** The curl line that is printed when all is ready; it works as it stands, any number of times. */
final class FirstPayment {
    private FirstPayment() {}

    static String curl(RunEnvironment env) {
        var token = env.require("MERCHANT_CERT").replaceFirst("\\.pem$", ".token");
        return """
        n=$(date +%%s%%N); curl -sS --cacert %s --cert %s --key %s \\
          -H "Authorization: Bearer $(cat %s)" \\
          -H "Idempotency-Key: first-payment-$n" -H 'Content-Type: application/json' \\
          -d '{"amount":{"value":1099,"currency":"EUR"},"reference":"order-'$n'","capture":"automatic","payment_method":{"card":{"number":"4242424242424242","exp_month":12,"exp_year":2030,"cvc":"123"}}}' \\
          %s/v1/payments\
        """
                .formatted(
                        env.require("GATEWAY_CA"),
                        env.require("MERCHANT_CERT"),
                        env.require("MERCHANT_KEY"),
                        token,
                        env.require("GATEWAY_URL"));
    }
}
