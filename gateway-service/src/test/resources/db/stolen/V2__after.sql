CREATE TABLE after_the_theft (id INT PRIMARY KEY);
