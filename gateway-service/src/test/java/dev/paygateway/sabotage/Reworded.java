package dev.paygateway.sabotage;

import com.google.errorprone.annotations.MustBeClosed;
import dev.paygateway.resource.Connections;
import dev.paygateway.resource.HeldConnection;
import dev.paygateway.resource.Holdings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The real database, spoken to in other words: each statement is changed before it is prepared. */
record Reworded(Connections real, UnaryOperator<String> words) implements Connections {
    @Override
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // closed with the connection that is handed on
    public HeldConnection acquire() throws SQLException {
        return Holdings.ofProcess().hold(reworded(real.acquire()));
    }

    private Connection reworded(HeldConnection held) {
        return (Connection)
                Proxy.newProxyInstance(
                        Reworded.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> answer(held, method, arguments));
    }

    private @Nullable Object answer(
            HeldConnection held, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("close")) {
            held.close();
            return null;
        }
        if (method.getName().equals("prepareStatement") && arguments != null) {
            arguments[0] = words.apply(String.valueOf(arguments[0]));
        }
        try {
            return method.invoke(held.connection(), arguments);
        } catch (InvocationTargetException thrown) {
            throw Objects.requireNonNullElse(thrown.getCause(), thrown);
        }
    }

    @Override
    public boolean suspect(SQLException error) {
        return real.suspect(error);
    }
}
