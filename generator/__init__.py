"""gongkai: the annual rule-of-law reports of Chinese townships, from text files to a public site."""
